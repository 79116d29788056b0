type Typed = Int32Array | Uint8Array | Uint16Array | Uint32Array | Float64Array;
const isTyped = (value: unknown): value is Typed => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** The same, its typed arrays in memory that all threads see, so that it is sent to each of them without a copy. */
export function shareArrays(value: unknown): unknown {
  if (isTyped(value)) {
    const memory = new SharedArrayBuffer(value.byteLength);
    const copy = new (value.constructor as new (memory: SharedArrayBuffer) => Typed)(memory);
    copy.set(value);
    return copy;
  }
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map(shareArrays);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shareArrays(part)]));
  return value;
}

/** The memory of its typed arrays, to be handed over instead of copied. Shared memory needs no handing over. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (isTyped(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && typeof value[0] === 'number') return [];
  return [...new Set(Object.values(value).flatMap(buffersOf))];
}
