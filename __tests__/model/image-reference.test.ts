import { imageProblem, imageWarning } from "../../src/model/image-reference";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("an image", () => {
  test.each([
    "nginx:1.29",
    "library/nginx:1.29-alpine",
    "public.ecr.aws/nginx/nginx:1.29",
    "localhost:5000/app:v1",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:2026.11.21",
    `nginx@${DIGEST}`,
    `localhost:5000/nginx:1.29@${DIGEST}`,
  ])("may be %s, and stays the same", (image) => {
    expect(imageProblem("'image'", image)).toBeUndefined();
    expect(imageWarning("'image'", image)).toBeUndefined();
  });

  test.each([
    "",
    "https://nginx:1.29",
    "Nginx:1.29",
    "nginx:",
    "nginx:a b",
    "nginx@sha256:abc",
    "nginx/:1",
    "/nginx:1",
  ])("may not be %j", (image) => {
    expect(imageProblem("'image'", image)).toBe(
      `'image' must be the name of an image, like "public.ecr.aws/nginx/nginx:1.29", got ${JSON.stringify(image)}; leave out the scheme, and write the repository in lower case`,
    );
  });

  test.each([
    ["nginx", "no tag"],
    ["localhost:5000/nginx", "no tag"],
    ["nginx:latest", 'the tag "latest"'],
  ])("that is called %s may be another one tomorrow", (image, has) => {
    expect(imageProblem("'image'", image)).toBeUndefined();
    expect(imageWarning("'image'", image)).toBe(
      `'image' "${image}" has ${has}, so that pods which start later may run another version; name one exact tag or a digest`,
    );
  });
});
