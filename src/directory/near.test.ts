import { expect, it } from 'vitest';
import { pointNamed } from './near.ts';

it('takes degrees to about a kilometre, and knows no more than that', () => {
  // Caister Water Tower of the Ordnance Survey's worked example: E 651 409, N 313 177 on OSGB36, about 100 m off by datum.
  const near = pointNamed('52.66, 1.72');
  expect(near?.easting).toBeCloseTo(651_600, -4);
  expect(near?.northing).toBeCloseTo(313_200, -4);
  expect(pointNamed('52.6604999, 1.7249')).toEqual(near);
});

it('is nothing for other words and for places elsewhere', () => {
  for (const text of [
    '',
    'Saltmarsh',
    'HV1 2AB',
    '52.66',
    '1e3, 2',
    '52.66, 1.72; drop',
    '0, 0',
    '-33.9, 151.2',
    '99.9, 999.9',
  ])
    expect({ text, point: pointNamed(text) }).toEqual({ text, point: undefined });
});
