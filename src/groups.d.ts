/** `Map.groupBy` makes no empty group, which the types that come with TypeScript do not say. */
interface MapConstructor {
  groupBy<Key, Item>(
    items: Iterable<Item>,
    keyOf: (item: Item, index: number) => Key,
  ): Map<Key, [Item, ...Item[]]>;
}
