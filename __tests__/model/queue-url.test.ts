import { existingQueueUrlProblem } from "../../src/model/queue";

const ARN = "arn:aws:sqs:eu-west-1:111122223333:shop-orders.fifo";

test.each([
  "https://sqs.eu-west-1.amazonaws.com/111122223333/shop-orders.fifo",
  "https://eu-west-1.queue.amazonaws.com/111122223333/shop-orders.fifo",
  "https://vpce-0123.sqs.eu-west-1.vpce.amazonaws.com/111122223333/shop-orders.fifo",
])("a queue may be reached at %s", (url) => {
  expect(existingQueueUrlProblem(ARN, url)).toBeUndefined();
});

test.each([
  "https://sqs.eu-west-1.amazonaws.com/111122223333/shop-orders",
  "https://sqs.eu-west-1.amazonaws.com/111122223333/shop-mails.fifo",
  "https://sqs.eu-west-1.amazonaws.com/444455556666/shop-orders.fifo",
  "shop-orders.fifo",
  "/111122223333/shop-orders.fifo",
])("%s is of another queue, or none", (url) => {
  expect(existingQueueUrlProblem(ARN, url)).toBe(
    `'queueUrl' must be the URL of the queue of 'queueArn', which ends with "/111122223333/shop-orders.fifo", got "${url}"; correct one of the two, or leave 'queueUrl' out`,
  );
});
