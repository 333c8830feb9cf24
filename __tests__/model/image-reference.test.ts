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

  test.each(["", "a b", "-a", ".a", "a".repeat(129)])("may not have the tag %j", (tag) => {
    expect(imageProblem("'image'", `registry.example.com/nginx:${tag}`)).toBe(
      `'image' must have a tag of 1 to 128 letters, digits, "_", "-" and ".", not beginning with "-" or ".", got "${tag}"`,
    );
  });

  test.each(["", "sha256:abc", "md5:abc", DIGEST.toUpperCase()])("may not have the digest %j", (digest) => {
    expect(imageProblem("'image'", `nginx:1@${digest}`)).toBe(
      `'image' must have a digest of "sha256:" and 64 hexadecimal digits in lower case, got "${digest}"`,
    );
  });

  test.each(["", "https://nginx:1.29", "Nginx:1.29", "nginx/:1", "/nginx:1"])("may not be %j", (image) => {
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

test("an image of ECR has an account of 12 digits", () => {
  const image = "11112222333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1";
  expect(imageProblem("'image'", image)).toBe(
    `'image' must name a registry of ECR by the 12 digits of its account, got "${image}" with 11; correct the account`,
  );
});
