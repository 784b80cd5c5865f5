import { copyModel, moveModel, saveModel } from '@/lib/model/commands';
import { modelShown } from '@/lib/model/queries';
import { modelForm, type ModelDraft } from '@/lib/model/schema';
import { done, teamScene } from '../team/scene';

/** A unit with a team, a course and classes, and what its organisers do with models. */
export async function modelScene() {
  const scene = await teamScene();
  const now = new Date();
  type Role = Parameters<typeof scene.as>[0];
  const draft = (more: Partial<ModelDraft> = {}): ModelDraft => ({
    ...modelForm.parse({
      areaId: scene.cast.here.unitId,
      name: 'Chợ số',
      what: 'Học ngay tại chợ.',
      audience: ['traders'],
      materials: 'Mã của từng sạp',
      courseId: scene.cast.courseId,
      weekdays: ['3', '6'],
      startTime: '14:30',
      minutes: '90',
      sessions: '4',
      capacity: '20',
      minimumToRun: '5',
      venueKind: 'market',
    }),
    ...more,
  });
  const save = (more: Partial<ModelDraft> = {}, role: Role = 'organiser', place = scene.cast.here) =>
    scene.as(role, place, (tx, caller) => saveModel(tx, draft(more), caller, now));
  const move = (modelId: string, to: 'published' | 'put_away', place = scene.cast.here) =>
    scene.as('organiser', place, (tx, caller) => moveModel(tx, { modelId, to }, caller, now));
  const copy = (modelId: string, areaId = scene.cast.there.unitId, place = scene.cast.there) =>
    scene.as('organiser', place, (tx, caller) => copyModel(tx, { modelId, areaId }, caller, now));
  const seen = (id: string, role: Role = 'organiser', place = scene.cast.here) =>
    scene.as(role, place, (tx) => modelShown(tx, 'vi', id));
  const published = async (more: Partial<ModelDraft> = {}) => {
    const { id } = done(await save(more));
    done(await move(id, 'published'));
    return id;
  };
  return { ...scene, now, draft, save, move, copy, seen, published };
}
