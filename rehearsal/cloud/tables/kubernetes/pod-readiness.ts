import { isMap, type PropertyMap, type PropertyValue } from "../../../engine/values/property-value";
import { asText } from "../../schema/property-schema";
import { propertyAt } from "../../world";
import { namespaceOf } from "./kubernetes-object";
import type { KubernetesContext } from "./kubernetes-scope";
import { imageFault } from "./registry-image";

/**
 * Why pods of a template never become ready, in the words of their events: an image that nobody built, or a secret, an
 * account or a claim that is not there. Undefined where they do.
 */
export function podFault(context: KubernetesContext, templatePath: string): string | undefined {
  const spec = propertyAt(context.inputs, `${templatePath}.spec`);
  if (!isMap(spec)) return undefined;
  const containers = [...elements(spec.initContainers), ...elements(spec.containers)];
  return (
    missingAccount(context, spec) ??
    first(elements(spec.volumes), (volume) => missingVolume(context, volume)) ??
    first(containers, (container) => imageFault(context, asText(container.image))) ??
    first(containers, (container) => first(elements(container.env), (variable) => missingSecret(context, variable)))
  );
}

function missingAccount(context: KubernetesContext, { serviceAccountName }: PropertyMap): string | undefined {
  if (serviceAccountName === undefined || serviceAccountName === "default") return undefined;
  const id = `${namespaceOf(context)}/${asText(serviceAccountName)}`;
  return context.world.get(context.scope.id, "kubernetes:core/v1:ServiceAccount", id)
    ? undefined
    : `FailedCreate: pods are forbidden: error looking up service account ${id}: serviceaccount "${asText(serviceAccountName)}" not found`;
}

function missingVolume(context: KubernetesContext, volume: PropertyMap): string | undefined {
  const secretName = propertyAt(volume, "secret.secretName");
  if (secretName !== undefined && !hasSecret(context, secretName)) {
    return `FailedMount: MountVolume.SetUp failed for volume "${asText(volume.name)}" : secret "${asText(secretName)}" not found`;
  }
  const claimName = propertyAt(volume, "persistentVolumeClaim.claimName");
  if (claimName === undefined) return undefined;
  const id = `${namespaceOf(context)}/${asText(claimName)}`;
  return context.world.get(context.scope.id, "kubernetes:core/v1:PersistentVolumeClaim", id)
    ? undefined
    : `FailedScheduling: persistentvolumeclaim "${asText(claimName)}" not found`;
}

/** Which keys a secret has is not known here: the cloud keeps nothing but a digest of its values. */
function missingSecret(context: KubernetesContext, variable: PropertyMap): string | undefined {
  const name = propertyAt(variable, "valueFrom.secretKeyRef.name");
  if (name === undefined || hasSecret(context, name)) return undefined;
  return `CreateContainerConfigError: secret "${asText(name)}" not found`;
}

function hasSecret(context: KubernetesContext, name: PropertyValue): boolean {
  const id = `${namespaceOf(context)}/${asText(name)}`;
  return context.world.get(context.scope.id, "kubernetes:core/v1:Secret", id) !== undefined;
}

function elements(value: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function first<T>(items: readonly T[], fault: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = fault(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
