/** A literal text of a template, or an expression that Terraform would evaluate. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "expression"; readonly expression: string };

/** A reference to an attribute of a resource or data block: `aws_iam_role.images.arn`. */
export interface Traversal {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
}

/**
 * Takes a string of Terraform JSON apart into literal texts and `${…}` expressions. `$${` and `%%{`
 * stand for a literal `${` and `%{`; a `%{…}` directive counts as an expression.
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  if (!/[$%]\{/.test(text)) return text === "" ? [] : [{ kind: "text", text }];
  const parts: TemplatePart[] = [];
  let literal = "";
  let position = 0;
  while (position < text.length) {
    if (/^(\$\$|%%)\{/.test(text.slice(position, position + 3))) {
      literal += text.slice(position + 1, position + 3);
      position += 3;
    } else if (/^[$%]\{/.test(text.slice(position, position + 2))) {
      if (literal !== "") parts.push({ kind: "text", text: literal });
      literal = "";
      const end = endOfExpression(text, position + 2);
      const inside = text.slice(position + 2, end).trim();
      parts.push({
        kind: "expression",
        expression: text[position] === "%" ? `%{${inside}}` : inside,
      });
      position = end + 1;
    } else {
      literal += text[position];
      position += 1;
    }
  }
  if (literal !== "") parts.push({ kind: "text", text: literal });
  return parts;
}

/** The attribute that an expression refers to; undefined for any other expression. */
export function tryParseTraversal(expression: string): Traversal | undefined {
  const match = /^((?:data\.)?([a-z][a-z0-9_]*)\.[A-Za-z_][\w-]*)\.([a-z][a-z0-9_]*)$/.exec(
    expression,
  );
  return match === null ? undefined : { address: match[1], type: match[2], attribute: match[3] };
}

/** The attribute that a whole string refers to; undefined where it holds anything besides. */
export function tryWholeTraversal(text: unknown): Traversal | undefined {
  if (typeof text !== "string") return undefined;
  const [part, ...more] = parseTemplate(text);
  return part?.kind === "expression" && more.length === 0
    ? tryParseTraversal(part.expression)
    : undefined;
}

/** Index of the brace that closes an expression: strings and nested templates may hold braces too. */
function endOfExpression(text: string, start: number): number {
  const open: ("{" | '"')[] = ["{"];
  for (let position = start; position < text.length; position += 1) {
    const character = text[position];
    if (open.at(-1) === '"') {
      if (character === "\\") position += 1;
      else if (character === '"') open.pop();
      else if (/^[$%]\{/.test(text.slice(position, position + 2))) {
        open.push("{");
        position += 1;
      }
    } else if (character === '"' || character === "{") open.push(character);
    else if (character === "}") {
      open.pop();
      if (open.length === 0) return position;
    }
  }
  return text.length;
}
