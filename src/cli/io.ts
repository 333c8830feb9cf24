/** What a command has of the world besides files, so that tests can stand in for it. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Uint8Array;
  /** Whether standard output is a terminal that shows colours. */
  readonly colors: boolean;
  /** Characters on a line of the terminal; `undefined` when it is none. */
  readonly columns?: number;
  /** Whether someone watches standard error, for whom progress is shown. */
  readonly watched: boolean;
  readonly today: string;
}
