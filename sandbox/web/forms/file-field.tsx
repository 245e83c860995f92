/** A place to drop or pick files. */
import type { APIFileUploadComponent } from 'discord-api-types/v10';
import type { PickedFile } from '../../protocol.ts';
import { Icon } from '../icons.tsx';
import type { ControlProps } from './field.tsx';
import type { FieldValue } from './form-values.ts';
import { readPickedFile } from './picked-file.ts';

export function FileField({ field, id, label, value, invalid, onChange }: ControlProps<APIFileUploadComponent>) {
  const files = pickedFiles(value);
  const most = field.max_values ?? 1;
  const add = async (list: FileList | undefined | null) => {
    const added = await Promise.all([...(list ?? [])].map(readPickedFile));
    onChange([...files, ...added].slice(-most));
  };
  return (
    <div class="file-field">
      <label
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void add(event.dataTransfer?.files);
        }}
      >
        <Icon name="upload" />
        <span>Drop {most === 1 ? 'a file' : `up to ${most} files`} here, or choose</span>
        <input
          id={id}
          type="file"
          aria-label={label}
          aria-invalid={invalid}
          multiple={most > 1}
          onChange={(event) => void add(event.currentTarget.files)}
        />
      </label>
      {files.map((file) => (
        <span key={file.id} class="file">
          <Icon name="file" />
          <span class="line-label" dir="auto">
            {file.name}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${file.name}`}
            onClick={() => onChange(files.filter((other) => other !== file))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
    </div>
  );
}

function pickedFiles(value: FieldValue): PickedFile[] {
  return Array.isArray(value) ? value.filter((item): item is PickedFile => typeof item !== 'string') : [];
}
