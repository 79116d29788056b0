import type { Period } from '../../duty/index.ts';
import type { FormatName } from '../source.ts';
import type { Audience } from '../view.ts';
import { county } from './county.ts';
import { nightTime } from './truths.ts';

const haverness = 'E06000990';
const year = { from: '2025-06', to: '2026-05' } as const;
const whole = { from: '2021-06', to: '2026-05' } as const;

interface ExampleFigure {
  /** What is asked, as a person asks it. */
  readonly asked: {
    readonly measure: string;
    readonly source: FormatName;
    readonly area: string;
    readonly period: Period;
    readonly by?: readonly string[];
    readonly options?: Readonly<Record<string, string>>;
  };
  readonly audience: Audience;
}

/** Figures that the analyst of the example has made already, and for whom. */
export const exampleFigures = (): readonly ExampleFigure[] => [
  {
    asked: { measure: 'count', source: 'force-extract', area: haverness, period: whole, by: ['month'] },
    audience: 'restricted',
  },
  {
    asked: { measure: 'trend', source: 'force-extract', area: haverness, period: whole },
    audience: 'restricted',
  },
  {
    asked: {
      measure: 'control-chart',
      source: 'force-extract',
      area: county().smallAreas.find(({ ward }) => ward.name === nightTime.ward)?.ward.code ?? haverness,
      period: whole,
    },
    audience: 'restricted',
  },
  {
    asked: { measure: 'rate', source: 'force-extract', area: haverness, period: year, by: ['area'] },
    audience: 'partner',
  },
  {
    asked: {
      measure: 'harm',
      source: 'force-extract',
      area: haverness,
      period: { from: '2023-06', to: '2026-05' },
      by: ['area'],
    },
    audience: 'restricted',
  },
  {
    asked: {
      measure: 'comparison',
      source: 'force-extract',
      area: haverness,
      period: year,
      options: { comparator: 'E23000990' },
    },
    audience: 'public',
  },
  {
    asked: {
      measure: 'count',
      source: 'ambulance',
      area: haverness,
      period: { from: '2025-05', to: '2026-04' },
      by: ['month'],
    },
    audience: 'public',
  },
];
