/** Why a place in a picture holds no number. None of the three is zero. */
export type Absence = 'hidden' | 'no-record' | 'not-applicable';

export interface Absent {
  readonly absent: Absence;
}

/** A number with its interval. A limit that is infinite says that the interval is open on that side. */
export interface Measured {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export type Reading = Measured | Absent;

/** What every picture says beside what it draws. */
interface Framed {
  /** The one question that the picture answers. */
  readonly title: string;
  /** Of every value: 'offences a month', 'offences per 1,000 people a year'. */
  readonly unit: string;
  readonly period?: string | undefined;
  /** One line: where the figures come from. */
  readonly source: string;
  /** Sentences on what the picture leaves out, and why. */
  readonly notShown: readonly string[];
  /** Digits after the point in words and tables; none unless told. */
  readonly decimals?: number | undefined;
  /** What the intervals are: '95% confidence interval'. */
  readonly interval?: string | undefined;
  /** What a test of the figures carries, as one sentence. Without it no sentence of ours speaks of a change or a difference. */
  readonly verdict?: string | undefined;
}

/** How long a period is, which also says how it is written: `2025-06`, `2025-Q2`, `2025`, `2024/25`. */
export type Step = 'month' | 'quarter' | 'year' | 'financial-year';

export type Point = Reading & {
  readonly at: string;
  /** The rule that this point sets off, in words: 'Outside the limits'. */
  readonly flag?: string | undefined;
};

export interface Series {
  readonly name: string;
  /** The reader's own: the heavy line. */
  readonly isOwn?: boolean | undefined;
  /** In any order. A period that is not here is one without a record. */
  readonly points: readonly Point[];
  /** Says that the difference between the first and the latest figure is more than chance. */
  readonly change?: 'rose' | 'fell' | undefined;
}

/** A day on which something else than the subject changed. Drawn as a line across, with its words. */
export interface Annotation {
  readonly at: string;
  readonly words: string;
}

/** Limits of a control chart that hold from one period to another; a rebased chart has several. */
export interface ControlLimits {
  readonly from: string;
  readonly to: string;
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
}

export interface ReferenceLine {
  readonly value: number;
  readonly words: string;
}

export interface LineModel extends Framed {
  readonly kind: 'line';
  readonly step: Step;
  readonly series: readonly Series[];
  readonly annotations?: readonly Annotation[] | undefined;
  readonly limits?: readonly ControlLimits[] | undefined;
  readonly target?: ReferenceLine | undefined;
  /** `near` lets the scale begin at the lowest value; the picture then says so. */
  readonly scale?: 'from-zero' | 'near' | undefined;
}

export type Row = Reading & { readonly name: string; readonly isHighlighted?: boolean | undefined };

interface RowsModel extends Framed {
  /** What the rows are: 'Area'. */
  readonly across: string;
  /** In the order in which they are drawn. */
  readonly rows: readonly Row[];
  readonly reference?: ReferenceLine | undefined;
}

export interface BarsModel extends RowsModel {
  readonly kind: 'bars';
}

/** The caterpillar: a dot and its interval in every row. Its scale need not begin at zero. */
export interface DotsModel extends RowsModel {
  readonly kind: 'dots';
}

/** A small picture for each category, all to one scale. */
export interface ColumnsModel extends Framed {
  readonly kind: 'columns';
  readonly step: Step;
  readonly categories: readonly { readonly name: string; readonly points: readonly Point[] }[];
}

export interface FunnelPoint {
  readonly name: string;
  /** How much stands behind the value: people, cases. */
  readonly size: number;
  readonly value: number;
  readonly isHighlighted?: boolean | undefined;
  /** The rule that this point sets off, in words. */
  readonly flag?: string | undefined;
}

export interface FunnelModel extends Framed {
  readonly kind: 'funnel';
  /** What a point is, and what its size counts: 'Area', 'People'. */
  readonly across: string;
  readonly sizeName: string;
  readonly points: readonly FunnelPoint[];
  readonly centre: ReferenceLine;
  /** Curves by rising size; the words name them: '95% limits'. */
  readonly limits: readonly {
    readonly words: string;
    readonly curve: readonly { readonly size: number; readonly low: number; readonly high: number }[];
  }[];
  /** Points that cannot be drawn, by name. */
  readonly absent?: readonly (Absent & { readonly name: string })[] | undefined;
}

type Ring = readonly (readonly number[])[];
/** Polygons of GeoJSON (RFC 7946), degrees of longitude and latitude. The order of a ring does not matter here. */
export type Outline =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

export type Area = Reading & {
  readonly code: string;
  readonly name: string;
  readonly outline: Outline;
  /** The reader's own: drawn with a heavy edge. */
  readonly isHighlighted?: boolean | undefined;
};

/** Values from the end of the class before (or from the lowest) up to, and without, `below`. The last class has no end. */
export interface ValueClass {
  readonly below?: number | undefined;
  readonly words: string;
}

export interface ChoroplethModel extends Framed {
  readonly kind: 'choropleth';
  /** What the areas are: 'Ward'. */
  readonly across: string;
  readonly areas: readonly Area[];
  /** From low to high, five at most. Left out, the picture cuts the values into classes of about equal numbers of areas. */
  readonly classes?: readonly ValueClass[] | undefined;
  /** Names that people know, to find their way by: degrees. */
  readonly places?:
    readonly { readonly name: string; readonly longitude: number; readonly latitude: number }[] | undefined;
  /** How many of what was counted have no place on the map: '37 offences have no place'. Said even if it is none. */
  readonly notMapped: string;
}

/** Two ways of counting crossed, such as the hour and the day of the week: a number in every cell, and its shade. */
export interface HeatModel extends Framed {
  readonly kind: 'heat';
  readonly rowName: string;
  readonly columnName: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** One list for each row, with one reading for each column. */
  readonly cells: readonly (readonly Reading[])[];
}

/** How unevenly something is spread: shares from 0 to 1, both rising. */
export interface LorenzModel extends Framed {
  readonly kind: 'lorenz';
  /** The names of the two shares: 'Share of streets', 'Share of offences'. */
  readonly across: string;
  readonly up: string;
  readonly curves: readonly {
    readonly name: string;
    readonly isOwn?: boolean | undefined;
    readonly points: readonly { readonly across: number; readonly up: number }[];
  }[];
}

/** One model of a picture, from which come the drawing, the table and the sentence. */
export type PictureModel =
  LineModel | BarsModel | DotsModel | ColumnsModel | FunnelModel | ChoroplethModel | HeatModel | LorenzModel;

export const isMeasured = <One extends Reading>(reading: One): reading is One & Measured => 'value' in reading;
