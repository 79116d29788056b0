import { predictionAccuracy } from '../../../src/measures/prediction-accuracy.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { column } from '../point-table.ts';

export const run: Adapter = (input, question) => {
  const rows = question.csv(input.file);
  const cells = column(rows, 'cell');
  const found = predictionAccuracy({
    seen: column(rows, 'count'),
    predicted: column(rows, 'predicted'),
    areas: column(rows, 'area'),
  });
  if (isRefusal(found)) return { answer: found };
  return {
    answer: {
      order: Array.from(found.order, (i) => cells[i]),
      cum_share_crime: found.shareOfCrime,
      cum_share_area: found.shareOfArea,
      pai: found.pai,
      pei: found.pei,
      rri: found.rri,
    },
  };
};
