import { type Problem, quote } from "./problem";

/**
 * Fluent Bit's classic configuration, as far as Fargate's log router takes it: sections in brackets, under each its keys
 * and values, indented.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
 */

/** A kind of section, each of which has a key of its own in the `aws-logging` ConfigMap. */
export type SectionKind = "FILTER" | "OUTPUT" | "PARSER";

export interface Section {
  readonly kind: SectionKind;
  /** As messages name it, such as `the FILTER at line 1 of 'filters'`. */
  readonly called: string;
  /** The setting that it comes from. */
  readonly at: readonly string[];
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly where: string;
}

/** The key of the ConfigMap that takes each kind of section. */
export const CONF_KEYS = {
  FILTER: "filters.conf",
  OUTPUT: "output.conf",
  PARSER: "parsers.conf",
} as const satisfies Record<SectionKind, string>;

/** Sections that Fluent Bit knows and the log router keeps for itself. */
const MANAGED = ["CUSTOM", "INPUT", "SERVICE"];

const INDENT = "  ";
const HEADER = /^\[([^\]]*)\]$/;
const ENTRY = /^(\S+)\s+(\S.*)$/;

/** The sections as text, one way for all: Fluent Bit wants one indentation throughout, and comments would count. */
export function renderConf(sections: readonly Section[]): string {
  return sections
    .map(({ kind, entries }) => [`[${kind}]`, ...entries.map(({ key, value }) => `${INDENT}${key} ${value}`), ""])
    .map((lines) => lines.join("\n"))
    .join("");
}

/** What the section says under a key, whose case does not matter; the last one where it says it twice. */
export function valueIn({ entries }: Section, key: string): string | undefined {
  return entries.findLast((entry) => entry.key.toLowerCase() === key)?.value;
}

/** Whether a value switches something on. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(on|true|yes)$/i.test(value);
}

/**
 * The sections in a text, and what is wrong with it.
 *
 * @param kind the only kind that may stand there
 * @param at setting that holds the text; its last part is its name
 */
export function readConf(
  kind: SectionKind,
  at: readonly string[],
  text: string,
): { readonly sections: readonly Section[]; readonly problems: readonly Problem[] } {
  return new ConfReader(kind, at).read(text);
}

/** Reads line by line; after a problem it goes on with the next line. */
class ConfReader {
  private readonly sections: (Section & { readonly entries: Entry[] })[] = [];
  private readonly problems: Problem[] = [];
  private readonly indents: { header?: string; entry?: string } = {};

  constructor(
    private readonly kind: SectionKind,
    private readonly at: readonly string[],
  ) {}

  read(text: string) {
    text.split(/\r?\n/).forEach((line, index) => {
      const content = line.trim();
      if (content !== "" && !content.startsWith("#")) {
        this.readLine(content, line.slice(0, line.length - line.trimStart().length), this.place(index));
      }
    });
    return { sections: this.sections, problems: this.problems };
  }

  private place(index: number): string {
    return `line ${index + 1} of '${this.at.at(-1)}'`;
  }

  private readLine(content: string, indent: string, where: string): void {
    if (content.startsWith("@")) {
      this.refuse(
        `${where} must not be a command such as @INCLUDE or @SET, which Fargate refuses, got ${quote(content)}`,
      );
    } else if (content.includes("${")) {
      this.refuse(
        `${where} must not name an environment variable, which Fargate refuses, got ${quote(content)}; write its value`,
      );
    } else if (content.startsWith("[")) {
      this.readHeader(content, indent, where);
    } else {
      this.readEntry(content, indent, where);
    }
  }

  private readHeader(content: string, indent: string, where: string): void {
    const name = HEADER.exec(content)?.[1]?.toUpperCase();
    this.indents.header ??= indent;
    // A wrong section is kept, so that its keys are not taken for those of the section before.
    this.sections.push({ kind: this.kind, called: `the ${this.kind} at ${where}`, at: this.at, entries: [] });
    if (name !== this.kind) {
      this.refuse(`${where} must be ${quote(`[${this.kind}]`)}, got ${quote(content)}${sectionHint(name)}`);
    } else if (indent !== this.indents.header) {
      this.refuse(`${where} must be indented like the sections above it, as Fargate wants it`);
    }
  }

  private readEntry(content: string, indent: string, where: string): void {
    const section = this.sections.at(-1);
    const [, key, value] = ENTRY.exec(content) ?? [];
    if (section === undefined) {
      this.refuse(`${where} must stand under a section, got ${quote(content)}; write [${this.kind}] above it`);
    } else if (key === undefined || value === undefined) {
      this.refuse(`${where} must hold a key and a value with a blank between them, got ${quote(content)}`);
    } else {
      this.checkIndent(indent, where);
      section.entries.push({ key, value, where });
    }
  }

  private checkIndent(indent: string, where: string): void {
    const { header = "" } = this.indents;
    this.indents.entry ??= indent;
    if (indent.length <= header.length || !indent.startsWith(header)) {
      this.refuse(`${where} must be indented more than its section`);
    } else if (indent !== this.indents.entry) {
      this.refuse(
        `${where} must be indented like the keys above it, with the same blanks or tabs, as Fargate wants it`,
      );
    }
  }

  private refuse(message: string): void {
    this.problems.push({ at: [...this.at], message });
  }
}

function sectionHint(name: string | undefined): string {
  if (name === undefined) {
    return "; close the bracket, and write nothing behind it";
  }
  if (MANAGED.includes(name)) {
    return "; Fargate has a section of that kind itself, and refuses another";
  }
  const key = (CONF_KEYS as Readonly<Record<string, string>>)[name];
  return key === undefined ? "" : `; sections of that kind belong under '${key}'`;
}
