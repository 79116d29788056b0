export { accentColour, type AccentColour } from './accent-colour.ts';
export { Accordion, type AccordionItem, type AccordionProps } from './accordion.tsx';
export { withQuery } from './address.ts';
export { stylesheet, script, assets, webFonts, type AssetHref, type Asset } from './assets.ts';
export { type Attributes } from './attributes.ts';
export { Autocomplete, type AutocompleteProps } from './autocomplete.tsx';
export { BackLink, type BackLinkProps } from './back-link.tsx';
export { Breadcrumbs, type BreadcrumbsItem, type BreadcrumbsProps } from './breadcrumbs.tsx';
export { Button, type ButtonProps } from './button.tsx';
export { CharacterCount, type PluralForms, type CharacterCountProps } from './character-count.tsx';
export { Checkboxes, type CheckboxesItem, type CheckboxesProps } from './checkboxes.tsx';
export { type Content, type OrContent, type Listed } from './content.ts';
export { contrastRatio } from './contrast.ts';
export {
  CookieBanner,
  type CookieBannerAction,
  type CookieBannerMessage,
  type CookieBannerProps,
} from './cookie-banner.tsx';
export { DateInput, type DateInputItem, type DateInputProps } from './date-input.tsx';
export { Details, type DetailsProps } from './details.tsx';
export { document } from './document.ts';
export { EmptyList, type EmptyListProps } from './empty-list.tsx';
export { ErrorMessage, type ErrorMessageOptions, type ErrorMessageProps } from './error-message.tsx';
export { ErrorSummary, type ErrorSummaryItem, type ErrorSummaryProps } from './error-summary.tsx';
export { ExitThisPage, type ExitThisPageProps } from './exit-this-page.tsx';
export { Feedback, type FeedbackProps } from './feedback.tsx';
export { Fieldset, type LegendOptions, type FieldsetOptions, type FieldsetProps } from './fieldset.tsx';
export { FileUpload, type FileUploadProps } from './file-upload.tsx';
export { Filters, FilteredList, type ChosenFilter, type FiltersProps } from './filters.tsx';
export { Footer, type FooterLink, type FooterNavigation, type FooterMeta, type FooterProps } from './footer.tsx';
export { GenericHeader, type GenericHeaderProps } from './generic-header.tsx';
export { Hint, type HintOptions, type HintProps } from './hint.tsx';
export { Input, type AffixOptions, type InputProps } from './input.tsx';
export { InsetText, type InsetTextProps } from './inset-text.tsx';
export { Label, type LabelOptions, type LabelProps } from './label.tsx';
export {
  LanguageNavigation,
  type LanguageNavigationItem,
  type LanguageNavigationProps,
} from './language-navigation.tsx';
export { Layout, type LayoutNavigationItem, type LayoutProps } from './layout.tsx';
export { MarkingLine, type Marking } from './marking.tsx';
export { NotificationBanner, type NotificationBannerProps } from './notification-banner.tsx';
export {
  Pagination,
  type PaginationLink,
  type PaginationPage,
  type PaginationItem,
  type PaginationProps,
} from './pagination.tsx';
export { Panel, type PanelAction, type PanelActions, type PanelProps } from './panel.tsx';
export { PartialDateInput, type PartialDateInputProps } from './partial-date-input.tsx';
export { PasswordInput, type PasswordInputProps } from './password-input.tsx';
export { PhaseBanner, type PhaseBannerProps } from './phase-banner.tsx';
export { Progress, type ProgressProps } from './progress.tsx';
export { Radios, type RadiosItem, type RadiosProps } from './radios.tsx';
export { render } from './render.ts';
export { ScrollBox, type ScrollBoxProps } from './scroll-box.tsx';
export { Select, type SelectItem, type SelectProps } from './select.tsx';
export {
  ServiceNavigation,
  type ServiceNavigationItem,
  type ServiceNavigationSlots,
  type ServiceNavigationProps,
} from './service-navigation.tsx';
export { SkipLink, type SkipLinkProps } from './skip-link.tsx';
export { SortableTable, type SortOrder, type SortableColumn, type SortableTableProps } from './sortable-table.tsx';
export {
  SummaryList,
  type SummaryListText,
  type SummaryListAction,
  type SummaryListActions,
  type SummaryListRow,
  type SummaryCardTitle,
  type SummaryCard,
  type SummaryListProps,
} from './summary-list.tsx';
export { Table, type TableCellOptions, type TableCell, type TableProps } from './table.tsx';
export { Tabs, type TabPanelOptions, type TabsItem, type TabsProps } from './tabs.tsx';
export { Tag, type TagOptions, type TagProps } from './tag.tsx';
export {
  TaskList,
  type TaskListText,
  type TaskListStatus,
  type TaskListItem,
  type TaskListProps,
} from './task-list.tsx';
export { Textarea, type TextareaProps } from './textarea.tsx';
export { Timeline, type TimelineItem, type TimelineProps } from './timeline.tsx';
export { UploadForm, type UploadFormProps } from './upload-form.tsx';
export { WarningText, type WarningTextProps } from './warning-text.tsx';
