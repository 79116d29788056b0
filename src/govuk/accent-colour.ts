import { contrastRatio } from './contrast.ts';

/** WCAG 2.2, 1.4.3: what text needs on its background. */
const leastForText = 4.5;

export type AccentColour =
  { readonly isAccepted: true; readonly stylesheet: string } | { readonly isAccepted: false; readonly reason: string };

/**
 * A partnership's own colour in the place of ours: a stylesheet to be read after `concord.css`, or the reason why not.
 * White text stands on it in the header and in buttons, and it stands on white as a line and a mark.
 */
export function accentColour(colour: string): AccentColour {
  if (!/^#[0-9a-f]{6}$/i.test(colour))
    return { isAccepted: false, reason: 'Enter the colour as # and six digits or letters from a to f, like #0b4f55' };
  const ratio = contrastRatio(colour, '#ffffff');
  if (ratio < leastForText) {
    // Rounded down: 4.49 must not be read as 4.5.
    const said = (Math.floor(ratio * 10) / 10).toFixed(1);
    const reason = `Choose a darker colour: white text on this one has a contrast of ${said} to 1, and needs ${leastForText} to 1`;
    return { isAccepted: false, reason };
  }
  return { isAccepted: true, stylesheet: `:root{--concord-accent:${colour.toLowerCase()}}\n` };
}
