import { type EventPattern, eventPatternProblems } from "../../src/model/event-pattern";
import { imagePushed, objectCreated } from "../../src/model/event-patterns";

const keyOf = (pattern: EventPattern) => (pattern.detail as { object?: { key: unknown } }).object?.key;

test.each([
  [{}, undefined],
  [{ prefix: "in/" }, [{ prefix: "in/" }]],
  [{ suffix: ".csv" }, [{ suffix: ".csv" }]],
  [{ prefix: "in/", suffix: ".csv" }, [{ wildcard: "in/*.csv" }]],
  [{ prefix: "a*\\", suffix: "*" }, [{ wildcard: "a\\*\\\\*\\*" }]],
])("objects with keys like %j are matched by both ends", (keys, matchers) => {
  const pattern = objectCreated("uploads", keys);
  expect(eventPatternProblems(pattern)).toEqual([]);
  expect(pattern).toMatchObject({
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: ["uploads"] } },
  });
  expect(keyOf(pattern)).toEqual(matchers);
});

test("images are matched by their repository, and the beginnings of their tags", () => {
  expect(imagePushed("shop/web", "v", "release-")).toEqual({
    source: ["aws.ecr"],
    "detail-type": ["ECR Image Action"],
    detail: {
      "action-type": ["PUSH"],
      result: ["SUCCESS"],
      "repository-name": ["shop/web"],
      "image-tag": [{ prefix: "v" }, { prefix: "release-" }],
    },
  });
  expect(imagePushed("shop/web").detail).not.toHaveProperty("image-tag");
});
