/** Most that a logo may weigh, in bytes: it is on every page. */
export const mostLogoBytes = 200_000;
/** Most pixels a side: a picture of more is a mistake, and takes a browser's memory. */
const mostPixels = 4_000;

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * What is wrong with a file that is to be a logo; undefined when it is a whole PNG. Whatever its name says, its bytes
 * decide: the signature, a header with its size, and chunks that lead to the end of the picture and the file.
 * Source: W3C, Portable Network Graphics (PNG) Specification, third edition, sections 5.2, 5.3 and 11.2.
 */
export function mistakeInLogo(bytes: Uint8Array): string | undefined {
  if (signature.some((byte, at) => bytes[at] !== byte))
    return 'Choose a picture in the PNG format. This file is not one';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = 'Choose another file. This picture is broken';
  let at = signature.length;
  let hasPixels = false;
  for (let first = true; at + 12 <= bytes.length; first = false) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (first && (type !== 'IHDR' || length !== 13)) return broken;
    if (first) {
      const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      if (width === 0 || height === 0) return broken;
      if (width > mostPixels || height > mostPixels)
        return `Choose a picture of at most ${mostPixels.toLocaleString('en-GB')} pixels a side`;
    }
    if (type === 'IDAT') hasPixels = true;
    at += 12 + length;
    if (type === 'IEND') return hasPixels && at === bytes.length ? undefined : broken;
  }
  return broken;
}
