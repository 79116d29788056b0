import { ScrollBox, Table, type TableProps } from '../govuk/index.ts';

/** A table that may be wider than a phone: it moves in a box of its own, which has a name. */
export const WideTable = ({ label, ...table }: TableProps & { readonly label: string }) => (
  <ScrollBox label={`Table: ${label}`}>
    <Table {...table} />
  </ScrollBox>
);
