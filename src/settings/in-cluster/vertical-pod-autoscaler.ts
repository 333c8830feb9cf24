import * as v from "valibot";
import { chart, described, positive, text } from "../pieces";

export const verticalPodAutoscalerSchema = described(
  v.strictObject({
    replicas: v.exactOptional(
      described(positive, "How many pods write recommendations into pods that start. Default: 1."),
    ),
    chart: v.exactOptional(chart),
    image: v.exactOptional(
      described(
        v.strictObject({ registry: v.exactOptional(text), tag: v.exactOptional(text) }),
        "Registry and tag of the three programs.",
      ),
    ),
  }),
  "Programs of the Vertical Pod Autoscaler; {} for the defaults.",
);
