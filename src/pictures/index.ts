export {
  type Absence,
  type Absent,
  type Annotation,
  type Area,
  type BarsModel,
  type ChoroplethModel,
  type ColumnsModel,
  type ControlLimits,
  type DotsModel,
  type FunnelModel,
  type FunnelPoint,
  type HeatModel,
  type LineModel,
  type LorenzModel,
  type Measured,
  type Outline,
  type PictureModel,
  type Point,
  type Reading,
  type ReferenceLine,
  type Row,
  type Series,
  type Step,
  type ValueClass,
} from './model.ts';
export { toSentence } from './to-sentence.ts';
export { toSvg, type PictureSize } from './to-svg.ts';
export { toTable, type Cell, type PictureTable } from './to-table.ts';
