import type { EventMatcher, EventPattern } from "./event-pattern";

/** Which keys of objects are meant. */
export interface ObjectKeys {
  /** Beginning of the key, such as `incoming/`. @default - any */
  readonly prefix?: string;
  /** End of the key, such as `.csv`. @default - any */
  readonly suffix?: string;
}

/**
 * An object that is new in a bucket of S3, or has new content. The bucket has to send its events to EventBridge, which
 * it does with `eventbridge = true` in its notifications.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
export function objectCreated(bucketName: string, { prefix, suffix }: ObjectKeys = {}): EventPattern {
  const key = keyMatcher(prefix, suffix);
  return {
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: [bucketName] }, ...(key === undefined ? {} : { object: { key: [key] } }) },
  };
}

/**
 * An image that has been pushed to a repository of ECR.
 *
 * @param tags beginnings of the tags that are meant; none for any
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 */
export function imagePushed(repositoryName: string, ...tags: readonly string[]): EventPattern {
  return {
    source: ["aws.ecr"],
    "detail-type": ["ECR Image Action"],
    detail: {
      "action-type": ["PUSH"],
      result: ["SUCCESS"],
      "repository-name": [repositoryName],
      ...(tags.length === 0 ? {} : { "image-tag": tags.map((prefix) => ({ prefix })) }),
    },
  };
}

/** A list with a beginning and an end would mean either; a wildcard means both. */
function keyMatcher(prefix: string | undefined, suffix: string | undefined): EventMatcher | undefined {
  if (prefix === undefined) {
    return suffix === undefined ? undefined : { suffix };
  }
  return suffix === undefined ? { prefix } : { wildcard: `${escaped(prefix)}*${escaped(suffix)}` };
}

function escaped(text: string): string {
  return text.replaceAll(/[*\\]/g, "\\$&");
}
