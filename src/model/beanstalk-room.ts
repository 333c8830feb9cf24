import { type BeanstalkOptions, beanstalkDefaults } from "./beanstalk";
import { instanceSize } from "./instance-sizes";
import { type Problem, problemAt, quote } from "./problem";
import { sumOf } from "./task-size";

/**
 * What is wrong with instance types on which the containers have no room, which all run on each instance: ECS would place
 * them nowhere. Types of which nothing is known are left to AWS.
 */
export function beanstalkRoomProblems(options: BeanstalkOptions): Problem[] {
  const { instanceTypes } = beanstalkDefaults(options);
  const asked = sumOf(options.containers);
  return instanceTypes.flatMap((type, index) => {
    const size = instanceSize(type);
    return problemAt(
      options.instanceTypes === undefined ? ["instanceTypes"] : ["instanceTypes", index],
      size === undefined || (size.cpu.covers(asked.cpu) && size.memory.covers(asked.memory))
        ? undefined
        : `'instanceTypes' must have room for all containers together, ${asked.cpu} of CPU and ${asked.memory} of memory, got ${quote(type)} with ${size.cpu} and ${size.memory}; choose a larger one, or lower 'cpu' and 'memory' of the containers`,
    );
  });
}
