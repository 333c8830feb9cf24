import { succeeded } from "../support/emulator";
import { tellExample } from "../support/example";

tellExample("beanstalk", {
  main: "aws_elastic_beanstalk_environment.shop_environment",
  meanwhile: (stage) => {
    test("has put its version into the bucket before the environment that runs it", async () => {
      const calls = (await stage.emulator.calls("elasticbeanstalk")).filter(succeeded).map(({ action }) => action);
      expect(calls.filter((action) => action.startsWith("Create"))).toEqual([
        "CreateApplication",
        "CreateApplicationVersion",
        "CreateEnvironment",
      ]);
      expect(await stage.emulator.unknownActions()).toEqual([]);
    });
  },
});
