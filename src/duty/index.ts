export type { Approval, ContentHash } from './approval.ts';
export { approvalSchema, approves, contentHashSchema, isContentHash } from './approval.ts';

export type { Area, AreaKind } from './area.ts';
export {
  areaCodeSchema,
  areaKindLabels,
  areaKinds,
  areaSchema,
  findAreaKind,
  isVintageOf,
  localGovernmentAreaKinds,
  nestsIn,
  parseAreaCode,
} from './area.ts';

export type {
  AuthorityGroup,
  AuthorityGroupName,
  AuthorityKind,
  AuthorityKindEntry,
  AuthorityStanding,
} from './authority.ts';
export {
  authorityGroups,
  authorityKindNames,
  authorityKinds,
  authorityKindSchema,
  authorityStandings,
  sectionOf,
  standingLabels,
  standingOf,
} from './authority.ts';

export type { IsoDate } from './calendar.ts';
export {
  addDays,
  addMonths,
  addWorkingDays,
  daysBetween,
  daysInMonth,
  formatDate,
  formatDateWithWeekday,
  isIsoDate,
  isoDateSchema,
  isoWeekday,
  isWorkingDay,
  lastDayBeginningWith,
  monthNames,
  weekdayNames,
  workingDaysBetween,
} from './calendar.ts';

export type { Json, JsonValue } from './canonical-json.ts';
export { canonicalJson } from './canonical-json.ts';

export { isSlug, isUuid, parseSlug, slugLength, slugOf, uuidSchema, uuidV7, uuidV7RandomBytes } from './identifier.ts';

export type { Marking, MarkingLevel } from './marking.ts';
export {
  combineMarkings,
  compareMarkingLevels,
  handlingLineSchema,
  markingLabels,
  markingLevels,
  markingLine,
  markingSchema,
  mayBePublished,
  unmarked,
} from './marking.ts';

export type { Pence } from './money.ts';
export { addMoney, formatMoney, formatMoneyRounded, parseMoney, subtractMoney, typedMoney } from './money.ts';

export type { Done, Outcome, Parser, Refused, RefusalReason } from './outcome.ts';
export { done, refusalReasons, refused, typedAs } from './outcome.ts';

export type { PartialDate } from './partial-date.ts';
export {
  comparePartialDates,
  describeRange,
  exactDate,
  formatPartialDate,
  isOverdue,
  parsePartialDate,
  partialDateSchema,
  typedPartialDate,
} from './partial-date.ts';

export type { Month, Period } from './period.ts';
export {
  calendarYear,
  daysIn,
  financialYear,
  firstDayIn,
  formatMonth,
  formatPeriod,
  holdsMonth,
  isMonth,
  lastDayIn,
  monthCount,
  monthSchema,
  monthsIn,
  parsePeriod,
  periodOf,
  periodSchema,
  samePeriodLastYear,
  shiftMonth,
  typedPeriod,
  yearTo,
} from './period.ts';

export type { Ref } from './reference.ts';
export { formatRef, parseRef, refSchema, sameRef } from './reference.ts';

export type { Role } from './role.ts';
export { roleNames, roles, roleSchema } from './role.ts';

export type { Knot, Orphan, ThreadLinks } from './thread.ts';
export { foldLinks, noLinks } from './thread.ts';
