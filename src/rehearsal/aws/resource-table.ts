/** The resources of one kind in an account by ARN. */
export class ResourceTable<T extends { readonly arn: string }> {
  private readonly resources = new Map<string, T>();

  /** `changed` is called after every change. */
  constructor(private readonly changed: () => void) {}

  /** The resource of that ARN; undefined when there is none. */
  tryGet(arn: string): T | undefined {
    return this.resources.get(arn);
  }

  /** Puts the resource in the place of the one of its ARN. */
  put(resource: T): void {
    this.resources.set(resource.arn, resource);
    this.changed();
  }

  /** Takes the resource of that ARN away. */
  delete(arn: string): void {
    if (this.resources.delete(arn)) this.changed();
  }

  /** All resources, in the order in which they came. */
  values(): readonly T[] {
    return [...this.resources.values()];
  }
}
