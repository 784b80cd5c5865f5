/** So long a merge can be undone; what it would take is forgotten after that. */
export const undoDays = 90;

/**
 * What a merge does with every column that names a person; a test finds the columns in the database and fails on one without a rule.
 * `moves`: the row goes over. `movesUnlessBoth`: unless the kept one has its own of the kind; then it stays with the record merged
 * away. `ruled`: conflicts are settled (lib/person/merge). `stays`: says who it was then, or is looked up by both (cards, phones).
 * `derived`: made anew.
 */
export const mergeRules: Readonly<Record<string, 'moves' | 'movesUnlessBoth' | 'ruled' | 'stays' | 'derived'>> = {
  'attendance.person_id': 'ruled',
  'card.person_id': 'stays',
  'card_attempt.person_id': 'stays',
  'certificate.person_id': 'moves',
  'consent.person_id': 'moves',
  'desk_assist.person_id': 'moves',
  'enrolment.person_id': 'ruled',
  'enrolment_event.on_behalf_of': 'stays',
  'equality_answer.person_id': 'movesUnlessBoth',
  'figure_change.person_id': 'derived',
  'figure_core.person_id': 'derived',
  'figure_person.person_id': 'derived',
  'household_member.person_id': 'movesUnlessBoth',
  'figure_skill.person_id': 'derived',
  'message.person_id': 'moves',
  'message_choice.person_id': 'movesUnlessBoth',
  'outside_hit.person_id': 'stays',
  'outside_reading.person_id': 'stays',
  'person.merged_into': 'ruled',
  'person_merge.kept_id': 'stays',
  'person_merge.merged_id': 'stays',
  'person_pause.person_id': 'moves',
  'person_need.person_id': 'movesUnlessBoth',
  'person_pair.high_id': 'stays',
  'person_pair.low_id': 'stays',
  'person_phone.person_id': 'stays',
  'person_residence.person_id': 'moves',
  'referral.person_id': 'movesUnlessBoth',
  'register_operation.person_id': 'moves',
  'skill_observation.person_id': 'moves',
  'step_record.person_id': 'moves',
  'task_given.person_id': 'moves',
  'task_work.person_id': 'moves',
  'visit.person_id': 'movesUnlessBoth',
  'visit_request.person_id': 'moves',
};
