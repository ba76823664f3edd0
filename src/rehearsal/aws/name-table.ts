import { entityAlreadyExists, noSuchEntity, type NamedKind } from "./aws-error";

/** The entities of one kind in an account by name. IAM does not distinguish names by case. */
export class NameTable<T extends { readonly name: string }> {
  private readonly entities = new Map<string, T>();

  /** `changed` is called after every change. */
  constructor(
    private readonly kind: NamedKind,
    private readonly changed: () => void,
  ) {}

  /** The entity of that name; undefined when there is none. */
  tryGet(name: string): T | undefined {
    return this.entities.get(name.toLowerCase());
  }

  /** The entity of that name; refused with `NoSuchEntity`. */
  get(name: string): T {
    const entity = this.tryGet(name);
    if (entity === undefined) throw noSuchEntity(this.kind, name);
    return entity;
  }

  /** Refused with `EntityAlreadyExists` when the name is taken. */
  requireFree(name: string): void {
    if (this.tryGet(name) !== undefined) throw entityAlreadyExists(this.kind, name);
  }

  /** Puts the entity in the place of the one of its name, or of `formerName`. */
  put(entity: T, formerName: string = entity.name): void {
    const key = entity.name.toLowerCase();
    if (formerName.toLowerCase() !== key) {
      this.requireFree(entity.name);
      this.entities.delete(formerName.toLowerCase());
    }
    this.entities.set(key, entity);
    this.changed();
  }

  /** Takes the entity of that name away. */
  delete(name: string): void {
    this.entities.delete(name.toLowerCase());
    this.changed();
  }

  /** All entities, in the order in which they came. */
  values(): readonly T[] {
    return [...this.entities.values()];
  }
}
