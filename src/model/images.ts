import { type Problem, quote } from "./problem";

/** A container image by its parts: `registry/repository:tag`. */
export interface Image {
  /** Host of the registry, and whatever a mirror has in front of the repository. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** What may be chosen about an image. */
export interface ImageChoice {
  /** Registry and what stands before the repository. @default - the publisher's, or the mirror of all images */
  readonly registry?: string;
  /** @default - the publisher's */
  readonly repository?: string;
  /** @default - the one that this project was tested with */
  readonly tag?: string;
}

const REGISTRY = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9._-]+)*$/;
const TAG = /^\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?$/;

/** The image as a pod's manifest names it. */
export function imageName({ registry, repository, tag }: Image): string {
  return `${registry}/${repository}:${tag}`;
}

/** What is wrong with a registry: a host, with a port and a path where there are any, and no scheme. */
export function registryProblems(property: string, registry: string): Problem[] {
  return REGISTRY.test(registry)
    ? []
    : [
        {
          at: [property],
          message: `'${property}' must be the host of a registry, with its path if it has one, like "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror", got ${quote(registry)}; leave out the scheme and the last "/"`,
        },
      ];
}

/** What is wrong with the choice of an image. */
export function imageChoiceProblems({ registry, tag }: ImageChoice): Problem[] {
  return [
    ...(registry === undefined ? [] : registryProblems("registry", registry)),
    ...(tag === undefined || (TAG.test(tag) && tag !== "latest")
      ? []
      : [
          {
            at: ["tag"],
            message: `'tag' of an image must be one exact tag, like "v0.8.1", got ${quote(tag)}; a moving one would run another image tomorrow`,
          },
        ]),
  ];
}
