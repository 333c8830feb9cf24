/**
 * `import "cdktf-eks-fargate/jest"` adds `expect(manifests).toFitFargate(profiles)` to Jest.
 */
import { type ExpectedProfiles, toFitFargate } from "./to-fit-fargate";

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Whether every pod of the manifests (a file, a folder, an object, or a list) runs on one of the profiles. */
      toFitFargate(profiles: ExpectedProfiles): R;
    }
  }
}

expect.extend({ toFitFargate });

export type { ExpectedProfiles } from "./to-fit-fargate";
