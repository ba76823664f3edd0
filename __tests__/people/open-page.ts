import { runInNewContext } from "node:vm";

/** As much of a browser as the script of a page of links uses. */
export class OpenPage {
  private readonly listeners = new Map<string, () => void>();
  private readonly find: Element;
  private readonly count: Element;
  private readonly sections: readonly Section[];
  private readonly box = {
    value: "",
    addEventListener: (event: string, listener: () => void) => this.listeners.set(event, listener),
  };

  constructor(page: string) {
    const body = new Element(page);
    [this.find] = body.all("search");
    [this.count] = body.all("output");
    this.sections = body.all("section").map(({ html }) => new Section(html));
    const byId = new Map<string, object>(
      Object.entries({ find: this.find, filter: this.box, count: this.count }),
    );
    const document = {
      getElementById: (id: string) => byId.get(id),
      querySelectorAll: (name: string) => (name === "section" ? this.sections : []),
    };
    const { addEventListener } = this.box;
    runInNewContext(body.all("script")[0].inside, { document, addEventListener });
  }

  /** Types words into the box. */
  type(words: string): void {
    this.box.value = words;
    this.listeners.get("input")?.();
  }

  /** Comes back to the page; the browser puts words into the box. */
  comeBack(words: string): void {
    this.box.value = words;
    this.listeners.get("pageshow")?.();
  }

  /** What is to be seen. */
  get shown() {
    const sections = this.sections.filter(({ hidden }) => !hidden);
    return {
      box: !this.find.hidden,
      count: this.count.textContent,
      accounts: sections.length,
      roles: sections.flatMap(({ roles }) => roles).filter(({ hidden }) => !hidden).length,
    };
  }
}

class Element {
  hidden: boolean;
  readonly inside: string;
  textContent: string;

  constructor(readonly html: string) {
    this.hidden = /^<\w+[^>]* hidden/.test(html);
    this.inside = html.replace(/^<[^>]*>|<\/\w+>$/g, "");
    this.textContent = html.replace(/<[^>]*>/g, "");
  }

  /** The elements of a name, none of which is in another of them. */
  all(name: string): readonly Element[] {
    const elements = this.html.matchAll(new RegExp(`<${name}\\b[\\s\\S]*?</${name}>`, "g"));
    return [...elements].map(([html]) => new Element(html));
  }
}

class Section extends Element {
  readonly roles = this.all("li");
  readonly querySelector = (name: string) => this.all(name)[0];
  readonly querySelectorAll = (name: string) => (name === "li" ? this.roles : []);
}
