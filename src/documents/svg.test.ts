import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSvg, svgSize } from './svg.ts';

const wrapped = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">${inner}</svg>`;
const faultOf = (svg: string): string | undefined => {
  const read = readSvg(svg);
  return 'fault' in read ? read.fault : undefined;
};

describe('a picture from outside', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an event', '<path d="M0 0" onclick="alert(1)"/>'],
    ['an event in capitals', '<path d="M0 0" OnClick="alert(1)"/>'],
    ['an outside address', '<path xlink:href="https://elsewhere.example/x.svg"/>'],
    ['an outside paint', '<rect fill="url(https://elsewhere.example/x.svg#a)"/>'],
    ['an image', '<image href="a.png"/>'],
    ['HTML inside', '<foreignObject><b>x</b></foreignObject>'],
    ['a style sheet', '<style>*{}</style>'],
    ['a style', '<g style="background:url(x)"/>'],
    ['a tag left open', '<g>'],
    ['a tag closed twice', '</g></g>'],
    ['an attribute twice', '<g id="a" id="b"/>'],
    ['an entity of its own', '<!DOCTYPE svg [<!ENTITY a "b">]>'],
    ['depth without end', '<g>'.repeat(10_000)],
  ])('is refused with %s', (_name, inner) => {
    expect(faultOf(wrapped(inner))).toBeTypeOf('string');
  });

  it('is read with its text, its comments left out', () => {
    const read = readSvg(wrapped('<!-- a --><text x="1">A &amp; B &lt;b&gt; &#8211;</text>'));
    if ('fault' in read) throw new Error(read.fault);
    expect(read.root.children).toEqual([{ name: 'text', attributes: { x: '1' }, children: ['A & B <b> –'] }]);
    expect(svgSize(read.root)).toEqual({ width: 20, height: 10 });
  });

  it('is read or refused whatever it is, and never throws', () => {
    const pieces = fc.constantFrom(
      '<svg>',
      '<svg ',
      'a="b"',
      "c='d'",
      '/>',
      '>',
      '</svg>',
      '<g>',
      '</g>',
      'text',
      '&amp;',
      '&#xd800;',
      '<!--',
      '-->',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const read = readSvg(parts.join(''));
        expect('fault' in read ? read.fault.length : read.root.name.length).toBeGreaterThan(0);
      }),
    );
  });
});
