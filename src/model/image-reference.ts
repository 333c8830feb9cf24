import { quote } from "./problem";

const NAME = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const ECR_HOST = /^(\d+)\.dkr[.-]ecr(?:-fips)?\./;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

interface ImageReference {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The parts of `registry:5000/repository:tag@sha256:…`. A colon before the last slash belongs to a port. */
function parse(image: string): ImageReference {
  const [before = "", digest] = image.split("@", 2);
  const colon = before.indexOf(":", before.lastIndexOf("/") + 1);
  return colon < 0
    ? { name: before, tag: undefined, digest }
    : { name: before.slice(0, colon), tag: before.slice(colon + 1), digest };
}

/** Why no registry could have the image, or `undefined`. */
export function imageProblem(property: string, image: string): string | undefined {
  const { name, tag, digest } = parse(image);
  const [, account] = ECR_HOST.exec(name) ?? [];
  if (account !== undefined && account.length !== 12) {
    return `${property} must name a registry of ECR by the 12 digits of its account, got ${quote(image)} with ${account.length}; correct the account`;
  }
  if (NAME.test(name)) {
    return tag !== undefined && !TAG.test(tag)
      ? `${property} must have a tag of 1 to 128 letters, digits, "_", "-" and ".", not beginning with "-" or ".", got ${quote(tag)}`
      : digest !== undefined && !DIGEST.test(digest)
        ? `${property} must have a digest of "sha256:" and 64 hexadecimal digits in lower case, got ${quote(digest)}`
        : undefined;
  }
  return `${property} must be the name of an image, like "public.ecr.aws/nginx/nginx:1.29", got ${quote(image)}; leave out the scheme, and write the repository in lower case`;
}

/**
 * Why the image may be another one tomorrow, or `undefined`.
 *
 * @param runs what starts later with it
 */
export function imageWarning(property: string, image: string, runs = "pods"): string | undefined {
  const { tag, digest } = parse(image);
  return digest !== undefined || (tag !== undefined && tag !== "latest")
    ? undefined
    : `${property} ${quote(image)} has ${tag === undefined ? "no tag" : 'the tag "latest"'}, so that ${runs} which start later may run another version; name one exact tag or a digest`;
}
