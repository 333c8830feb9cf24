import type { Known } from "../container-spec";
import type { Problem } from "../problem";
import { appRunnerContainerProblems } from "./app-runner-container";
import { beanstalkContainerProblems } from "./beanstalk-container";
import { ecsContainerProblems } from "./ecs-container";
import { eksContainerProblems } from "./eks-container";
import { HOME_NAMES, type HomeContainer, type HomeName } from "./home-data";
import { lightsailContainerProblems } from "./lightsail-container";

const PROBLEMS: Readonly<Record<HomeName, (container: HomeContainer, known: Known) => Problem[]>> = {
  "eks-fargate": eksContainerProblems,
  "ecs-fargate": (container, known) => ecsContainerProblems(container, "FARGATE", {}, known),
  "app-runner": appRunnerContainerProblems,
  lightsail: lightsailContainerProblems,
  beanstalk: (container, known) => beanstalkContainerProblems(container, known, container.plainText),
};

/**
 * What is wrong with a container in a home: what is wrong with it everywhere, and what that home cannot do, with the
 * reason.
 */
export function homeProblems(home: HomeName, container: HomeContainer, known: Known = () => true): Problem[] {
  return PROBLEMS[home](container, known);
}

/** The homes in which a container can run as it is, in the order of the tables. */
export function homesFor(container: HomeContainer, known: Known = () => true): HomeName[] {
  return HOME_NAMES.filter((home) => homeProblems(home, container, known).length === 0);
}
