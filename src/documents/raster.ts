import { createRequire } from 'node:module';
import { drawingOf, svgSize } from './svg.ts';
import { nativePackage } from './native-package.ts';
import { typeface } from './typeface.ts';

interface RasterPackage {
  readonly Resvg: new (svg: string, options: string) => { readonly render: () => { readonly asPng: () => Buffer } };
}

const load = createRequire(import.meta.url);
const font = (style: string): string =>
  load.resolve(`@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`);
/**
 * Dots for a pixel of the drawing: 180 an inch when 640 pixels are 135 millimetres. It is what those see who cannot draw SVG, and
 * the memory of a drawing is given back only when the process comes to rest: fifty at twice this take half a gigabyte.
 */
const scale = 1.5;
/** Dots across, whatever a file says of its size: a picture of 2,400 by 9,600 dots is 92 MB as it is drawn. */
const [mostWidth, mostHeight] = [2_400, 9_600];

/** A picture as PNG on white, for those who cannot read SVG. The same on every machine: no typeface but ours. */
export function png(picture: { readonly id: string; readonly svg: string }): Buffer {
  const { width, height } = svgSize(drawingOf(picture));
  const across = Math.max(1, Math.floor(Math.min(scale * width, mostWidth, (mostHeight * width) / height)));
  const { Resvg } = load(nativePackage('@resvg/resvg-js')) as RasterPackage;
  const options = {
    background: '#ffffff',
    fitTo: { mode: 'width', value: across },
    font: {
      loadSystemFonts: false,
      fontFiles: [font('400Regular'), font('700Bold')],
      defaultFontFamily: 'Source Sans 3',
    },
  };
  return new Resvg(typeface().shown(picture.svg), JSON.stringify(options)).render().asPng();
}
