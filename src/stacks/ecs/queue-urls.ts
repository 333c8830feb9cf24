/** URLs of the queues of their own that some things have, by the keys of the things. */
export function queueUrls(
  things: readonly (readonly [string, { readonly deadLetterQueueUrl: string | undefined }])[],
): Record<string, string> {
  return Object.fromEntries(
    things.flatMap(([key, { deadLetterQueueUrl }]) =>
      deadLetterQueueUrl === undefined ? [] : [[key, deadLetterQueueUrl] as const],
    ),
  );
}
