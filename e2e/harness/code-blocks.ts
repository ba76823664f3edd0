/** The code blocks of a page of Markdown that are in a language, also those inside of a list, in its order. */
export function codeBlocks(markdown: string, language: string): readonly string[] {
  const blocks = markdown.matchAll(new RegExp(`^ *\`\`\`${language}\\n([^]*?)^ *\`\`\``, "gm"));
  return [...blocks].map(([, text]) => text);
}
