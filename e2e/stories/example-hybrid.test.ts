import { succeeded } from "../support/emulator";
import { tellExample } from "../support/example";

tellExample("hybrid", {
  meanwhile: (stage) => {
    test("has a role for Linux nodes, another for Windows nodes, and neither is that of pods on Fargate", async () => {
      const calls = (await stage.emulator.calls("eks")).filter(succeeded);
      const roles = (action: string, key: string) =>
        new Set(calls.filter((call) => call.action === action).map(({ params }) => params?.[key]));
      expect(roles("CreateNodegroup", "nodeRole")).toEqual(
        new Set(["arn:aws:iam::111122223333:role/hybrid-nodes", "arn:aws:iam::111122223333:role/hybrid-nodes-windows"]),
      );
      expect(roles("CreateFargateProfile", "podExecutionRoleArn")).toEqual(
        new Set(["arn:aws:iam::111122223333:role/hybrid-fargate-web"]),
      );
    });
  },
});
