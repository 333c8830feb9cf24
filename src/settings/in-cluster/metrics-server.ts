import * as v from "valibot";
import { chart, described, image, replicas } from "../pieces";

export const metricsServerSchema = described(
  v.strictObject({
    replicas: v.exactOptional(replicas),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "Kubernetes Metrics Server; {} for the defaults.",
);
