import { describe, expect, it } from 'vitest';
import { only, rendered } from '../../test/conformance/rendered.ts';
import { render } from './render.ts';
import { Textarea } from './textarea.tsx';

describe('a textarea', () => {
  // HTML, 13.1.2.5: a newline right after the start tag of a textarea is ignored by the parser.
  it('gives back an empty first line as it was written', () => {
    const html = render(<Textarea name="note" label="Note" value={'\nafter an empty line'} />);
    expect(html).toContain('>\n\nafter an empty line</textarea>');
  });

  it('never takes what was written for HTML', () => {
    const root = rendered(<Textarea name="note" label="Note" value="</textarea><script>alert(1)</script>" />);
    expect(root.all('script')).toEqual([]);
    expect(only(root.all('textarea')).text).toBe('</textarea><script>alert(1)</script>');
  });
});
