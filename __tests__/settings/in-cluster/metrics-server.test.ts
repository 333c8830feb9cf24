import { edited, MINIMAL, problems } from "../refusal";

const withInCluster = (yaml: string) => `${MINIMAL}inCluster:\n${yaml}`;

test("an add-on whose pods no profile takes is refused at its line", () => {
  const text = `${edited("- namespace: kube-system", "- { namespace: kube-system, labels: { k8s-app: kube-dns } }")}inCluster:\n  metricsServer: {}\n`;
  expect(problems(text)).toEqual([
    `line 16, inCluster.metricsServer: no Fargate profile takes the pods of the Metrics Server in namespace "kube-system", and there are no nodes, so they would stay Pending; add a selector { namespace: "kube-system" } to a profile`,
  ]);
});

test("mirrors that are none are refused", () => {
  expect(problems(withInCluster("  mirrors: { charts: ftp://a, images: http://b }\n  metricsServer: {}\n"))).toEqual([
    `line 16, inCluster.mirrors.charts: 'charts' must be the URL of a chart repository, like "https://charts.example.com" or "oci://registry.example.com/charts", got "ftp://a"`,
    `line 16, inCluster.mirrors.images: 'images' must be the host of a registry, with its path if it has one, like "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror", got "http://b"; leave out the scheme and the last "/"`,
  ]);
});

test("a chart in a range of versions, and an image by a moving tag, are refused in every feature", () => {
  const yaml = "  metricsServer:\n    chart: { version: 3.x }\n    image: { tag: latest }\n";
  expect(problems(withInCluster(yaml))).toEqual([
    `line 17, inCluster.metricsServer.chart.version: 'version' of a chart must be one exact version, like "3.13.1", got "3.x"; a range would install another one tomorrow`,
    `line 18, inCluster.metricsServer.image.tag: 'tag' of an image must be one exact tag, like "v0.8.1", got "latest"; a moving one would run another image tomorrow`,
  ]);
});

test.each(["{}", "{ mirrors: { images: mirror.example.com } }"])(
  "a section that names nothing to run, %s, is refused instead of an empty stack",
  (inCluster) => {
    expect(problems(`${MINIMAL}inCluster: ${inCluster}\n`)).toEqual([
      "line 15, inCluster: 'inCluster' names nothing that shall run on the cluster, so that its stack would be empty; add a feature, like metricsServer: {}, or leave 'inCluster' out",
    ]);
  },
);
