/** Stands for `archiver`, which cdktf loads and does not call in the process that loads it. */
function archiver(): never {
  throw new Error("no test packs a zip in its own process");
}

export = archiver;
