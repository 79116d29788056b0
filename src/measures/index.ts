// The face of the library: every measure, with what it takes and gives. What a measure is made of stays behind it.
export { type AoristicWeek, type Span, aoristicWeek, localMinutes } from './aoristic.ts';
export { likelihoodBandwidth, meanSquareErrorBandwidth, normalReferenceWidth, scottBandwidth } from './bandwidth.ts';
export { betaCumulative, betaQuantile, betaUpper, betaUpperQuantile } from './beta-distribution.ts';
export { binomialCumulative, binomialProbability, binomialQuantile, binomialUpper } from './binomial-distribution.ts';
export {
  type GeographicPoints,
  type NationalGridPoints,
  toNationalGrid,
  toWgs84Degrees,
} from './british-national-grid.ts';
export { type CellCounts, type GridPlace, cellCounts } from './cell-counts.ts';
export {
  chiSquaredCumulative,
  chiSquaredQuantile,
  chiSquaredUpper,
  chiSquaredUpperQuantile,
} from './chi-squared-distribution.ts';
export { type ClassicalDecomposition, classicalDecomposition } from './classical-decomposition.ts';
export { type Kappa, cohensKappa } from './cohens-kappa.ts';
export {
  type Concentration,
  type GiniBootstrap,
  type GiniInterval,
  type LorenzPoint,
  type Progress,
  combineEvenLorenz,
  combineGiniBootstrap,
  concentration,
  evenLorenzCurve,
  evenLorenzReplicates,
  generalisedGiniInterval,
  giniBootstrapReplicates,
  leastShareOfPlaces,
  lorenzCurve,
  prepareEvenLorenz,
  prepareGiniBootstrap,
  shareOfCrimeInTop,
} from './concentration.ts';
export { type AreaCost, type CostOfCrime, type UnitCost, costOfCrime } from './cost-of-crime.ts';
export { type CountChart, type CountPoint, countChart } from './count-chart.ts';
export { type CountRegression, type CountTrend, countRegression, countTrend } from './count-regression.ts';
export {
  type CumulativeSum,
  type StandardisedCusum,
  type TabularCusum,
  inControlRunLength,
  poissonCusum,
  poissonCusumThreshold,
  standardisedCusum,
  tabularCusum,
} from './cumulative-sum.ts';
export { type DaysBetweenChart, type GapPoint, daysBetweenChart } from './days-between-chart.ts';
export { type Dbscan, dbscan } from './dbscan.ts';
export { type DetectableChange, detectableChange } from './detectable-change.ts';
export {
  type DifferenceInDifferences,
  type EventStudy,
  type PanelRow,
  differenceInDifferences,
  eventStudy,
} from './difference-in-differences.ts';
export {
  type DisclosureOptions,
  type SafeCell,
  type SafeTables,
  type SuppressionRule,
  auditDisclosure,
  protectTables,
} from './disclosure-control.ts';
export {
  type BeforeAfter,
  type Change,
  type DisplacementDesign,
  type DisplacementDifference,
  type DisplacementQuotient,
  type HarmDifference,
  type WeightedChange,
  weightedDisplacementDifference,
  weightedDisplacementQuotient,
  weightedHarmDifference,
} from './displacement.ts';
export { eTest, scoreStatistic, scoreTest } from './e-test.ts';
export { type EmergingCategory, type EmergingHotSpots, emergingHotSpots } from './emerging-hot-spots.ts';
export { type SmoothedRates, empiricalBayesRates } from './empirical-bayes.ts';
export { type Estimate, type Method, type OpenEstimate } from './estimate.ts';
export { type EvaluationDesign, type EvidenceStrength, evidenceStrength } from './evidence-strength.ts';
export { type Exceedance, type ExceedanceInput, earsC1, farrington, farringtonFlexible } from './exceedance.ts';
export { fCumulative, fQuantile, fUpper } from './f-distribution.ts';
export {
  type DemandPoints,
  type FloatingCatchment,
  type SupplyPoints,
  floatingCatchment,
} from './floating-catchment.ts';
export {
  type FunnelArea,
  type FunnelPlot,
  type FunnelPoint,
  type Overdispersion,
  type Standing,
  funnelPlot,
  funnelPoint,
  overdispersion,
  proportionFunnelLimits,
  proportionStandings,
} from './funnel-plot.ts';
export { gammaCumulative, gammaDensity, gammaQuantile, gammaUpper } from './gamma-distribution.ts';
export { type GeneralG, generalG } from './general-g.ts';
export { type Glm, type GlmInput, fitGlm } from './generalised-linear-model.ts';
export { type GiStar, giStar, giStarDeviates } from './gi-star.ts';
export {
  type AreaHarm,
  type HarmIndex,
  type HarmRankIntervals,
  type HarmTable,
  type RankInterval,
  combineHarmRanks,
  harmIndex,
  harmRankIntervals,
  harmRankReplicates,
  prepareHarmRanks,
} from './harm.ts';
export {
  type HawkesSpaceTime,
  type HawkesSpaceTimeOptions,
  type HawkesSpread,
  type SpaceTimeEvents,
  hawkesSpaceTime,
  hawkesSpaceTimeLogLikelihood,
} from './hawkes-space-time.ts';
export {
  type HawkesRates,
  type HawkesTemporal,
  type HawkesTemporalOptions,
  hawkesLogLikelihood,
  hawkesTemporal,
} from './hawkes-temporal.ts';
export { type InterruptedTimeSeries, interruptedTimeSeries } from './interrupted-time-series.ts';
export {
  type GaussianDensityOptions,
  type KernelDensity,
  densityRatio,
  gaussianDensityAt,
  gaussianShares,
  quarticDensityAt,
  quarticDensityGrid,
} from './kernel-density.ts';
export {
  type Dimension,
  type LinkedCell,
  type LinkedTables,
  type Relation,
  cellId,
  crossTable,
} from './linked-tables.ts';
export { type LoessDecomposition, type LoessOptions, loessDecomposition } from './loess-decomposition.ts';
export { type MannKendall, mannKendall } from './mann-kendall.ts';
export { type MeanBreaks, meanBreaks } from './mean-breaks.ts';
export { type GlobalMoran, type LocalMoran, type MoranQuadrant, globalMoran, localMoran } from './moran.ts';
export {
  type MostSimilarGroups,
  type SimilarAreas,
  type StandingAmongPeers,
  mostSimilarGroups,
  standingAmongPeers,
} from './most-similar-group.ts';
export { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from './multiple-testing.ts';
export {
  type KnoxBands,
  type KnoxCell,
  type KnoxOptions,
  type KnoxPairs,
  type KnoxTally,
  type KnoxTest,
  combineKnox,
  knoxReplicates,
  knoxTest,
  prepareKnox,
} from './near-repeat.ts';
export {
  type NearestNeighbourIndex,
  nearestNeighbourDistances,
  nearestNeighbourIndex,
} from './nearest-neighbour-index.ts';
export {
  negativeBinomialCumulative,
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialUpper,
} from './negative-binomial-distribution.ts';
export {
  normalCumulative,
  normalDensity,
  normalDeviate,
  normalQuantile,
  normalTwoSided,
  normalUpper,
} from './normal-distribution.ts';
export { type Polygon, type PolygonIndex, polygonIndex, polygonOfPoints } from './point-in-polygon.ts';
export {
  type ChangepointOptions,
  type Changepoints,
  type Penalty,
  type Segment,
  poissonChangepoints,
  successiveDispersion,
} from './poisson-changepoints.ts';
export { poissonCumulative, poissonProbability, poissonQuantile, poissonUpper } from './poisson-distribution.ts';
export { type GuideLimits, type Limits, byarLimits, exactPoissonLimits, poissonLimits } from './poisson-interval.ts';
export {
  type AccuracyAtShare,
  type PredictionAccuracy,
  accuracyAtAreaShare,
  predictionAccuracy,
} from './prediction-accuracy.ts';
export { type OnProgress } from './progress.ts';
export { quantile, quantileOfSorted } from './quantile.ts';
export { type Raking, rake } from './raking.ts';
export {
  type Random,
  drawBinomial,
  drawGamma,
  drawMultinomial,
  drawNormal,
  drawPoisson,
  randomStream,
  shuffle,
} from './random.ts';
export { type RateComparison, compareRates } from './rate-comparison.ts';
export { type Exposed, exactRateRatio, exactRateRatioP, waldRateRatio, waldRiskRatio } from './rate-ratio.ts';
export { type Rate, crudeRate, publishableRate } from './rate.ts';
export {
  type Readability,
  type TextCounts,
  fleschKincaidGrade,
  fleschReadingEase,
  readability,
  sentencesIn,
  smogGrade,
  wordsIn,
} from './readability.ts';
export { type Refusal, isRefusal, refuse } from './refusal.ts';
export { type Group, type RelativeRate, type RelativeRateIndex, relativeRateIndex } from './relative-rate-index.ts';
export {
  type ReproductionNumber,
  type ReproductionOptions,
  type ReproductionWindow,
  reproductionNumber,
  serialIntervalByDay,
} from './reproduction-number.ts';
export { type ReturnToMean, returnToMean } from './return-to-mean.ts';
export { type RipleyEdge, type RipleyK, ripleyK } from './ripley-k.ts';
export { type RoundedTables, type RoundingRule, roundTables } from './rounded-tables.ts';
export {
  type SpaceTimeCluster,
  type SpaceTimeScan,
  type SpaceTimeScanInput,
  type SpaceTimeScanOptions,
  type SpaceTimeScanShape,
  type SpaceTimeScanZones,
  combineSpaceTimeScan,
  prepareSpaceTimeScan,
  spaceTimeScan,
  spaceTimeScanReplicates,
} from './space-time-scan.ts';
export { type SpatialCentre, spatialCentre } from './spatial-centre.ts';
export { type CellGrid, type SpatialNeighbours, gridNeighbours, neighboursFromLists } from './spatial-neighbours.ts';
export {
  type SpatialCluster,
  type SpatialScan,
  type SpatialScanInput,
  type SpatialScanOptions,
  type SpatialScanZones,
  combineSpatialScan,
  prepareSpatialScan,
  spatialScan,
  spatialScanReplicates,
} from './spatial-scan.ts';
export {
  type Band,
  type StandardisedRate,
  type StandardisedRatio,
  directlyStandardisedRate,
  indirectlyStandardisedRatio,
} from './standardised-rate.ts';
export { responsesForMargin, surveyMargin } from './survey-margin.ts';
export {
  type Course,
  type PlaceboPanel,
  type PlaceboTest,
  type Placebos,
  type SyntheticControl,
  combinePlacebo,
  placeboReplicates,
  placeboTest,
  preparePlacebo,
  syntheticControl,
} from './synthetic-control.ts';
export { tCumulative, tQuantile, tTwoSided, tUpper } from './t-distribution.ts';
export { type TheilSen, theilSen } from './theil-sen.ts';
export { type DatedChange, type TrendVerdict, trendVerdict } from './trend-verdict.ts';
export { type Proportion, wilsonProportion } from './wilson.ts';
export { type SpecialCause, type XmrChart, type XmrOptions, type XmrPoint, xmrChart } from './xmr-chart.ts';
