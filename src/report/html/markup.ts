/** A piece of HTML that is ready to be written. Only `html` and `trusted` make one. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: text is escaped, lists are joined, `undefined` and `false` are nothing. */
export type Part = Html | string | number | false | undefined | readonly Part[];

/** HTML with values in it. Text is escaped, for content and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${render(parts[index - 1])}${string}`));
}

/** Text of the project's own that is HTML already, such as its style sheet. Never for what manifests say. */
export function trusted(text: string): Html {
  return new Html(text);
}

function render(part: Part): string {
  if (part instanceof Html) {
    return part.text;
  }
  if (part === undefined || part === false) {
    return "";
  }
  return typeof part === "object" ? part.map(render).join("") : escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that no HTML document may hold, and those that change the order of what is read, become a mark of their own. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/gu;

export function escapeHtml(text: string): string {
  return text.replace(UNPRINTABLE, "\ufffd").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
