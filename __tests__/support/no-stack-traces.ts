/**
 * cdktf's stack traces of tokens take a fifth of the suite's time and nothing reads them. The one file that does keeps
 * them.
 */
const { captureStackTrace } = Error;

if (expect.getState().testPath?.endsWith("stack-traces.test.ts") !== true) {
  Error.captureStackTrace = (target, below) => {
    if (target instanceof Error) {
      captureStackTrace(target, below);
    }
  };
}
