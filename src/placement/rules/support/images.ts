/**
 * The repository of an image without registry, tag and digest: `bitnami/postgresql` of
 * `docker.io/bitnami/postgresql:16@sha256:…`.
 */
export function imageRepository(image: string): string {
  const [named = ""] = image.split("@", 1);
  const slash = named.indexOf("/");
  // A first part with a dot or a port is a registry; Docker Hub's images have none.
  const path = slash > 0 && /[.:]|^localhost$/.test(named.slice(0, slash)) ? named.slice(slash + 1) : named;
  const [repository = ""] = path.split(":", 1);
  return repository;
}

/** The last part of an image's repository: `postgresql`. */
export function imageName(image: string): string {
  return imageRepository(image).split("/").at(-1) ?? "";
}
