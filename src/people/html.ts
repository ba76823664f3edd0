/** HTML that may be put into a page as it is. */
export interface Html {
  readonly html: string;
}

type Part = string | Html | readonly Html[];

/**
 * HTML from a template. Text that is put in is escaped, between tags and in quoted attributes; HTML
 * that is put in is not.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const all = texts.map((text, index) => text + (index < parts.length ? render(parts[index]) : ""));
  return { html: all.join("") };
}

function render(part: Part): string {
  if (typeof part === "string") return escaped(part);
  return "html" in part ? part.html : part.map((each) => each.html).join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
