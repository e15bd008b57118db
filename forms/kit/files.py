"""Questions that are answered by adding files: Photos, and Files for documents too."""

from dataclasses import dataclass
from typing import Any, ClassVar

from forms.kit.questions import Asking, Question, Translate
from forms.kit.typed import Typed


@dataclass(frozen=True, kw_only=True)
class Photos(Question):
    """Photos. The answer is a list of file ids, put there by uploading, never read from the page."""

    most: int = 5
    answers_as: ClassVar[str] = "files"
    documents: ClassVar[bool] = False  # whether PDF and Word documents are taken beside pictures

    def read(self, typed: Typed, asking: Asking) -> Any:
        """The ids kept so far: a page cannot claim somebody else's file."""
        return list(asking.kept) if asking.kept else None

    def typed(self, value: Any) -> Typed:
        return {}

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, list) and 0 < len(value) <= self.most and all(isinstance(i, str) for i in value)
        )

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (translate("Photos added: {count}").format(count=len(value)),)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "maxItems": self.most, "items": {"type": "string"}}

    def examples(self, mentioned: tuple[object, ...] = ()) -> tuple[Any, ...]:
        return (["a-file-id"],)


@dataclass(frozen=True, kw_only=True)
class Files(Photos):
    """Photos, scans and documents: JPG, PNG, WebP, HEIC, PDF and Word (docx)."""

    documents: ClassVar[bool] = True

    def lines(self, value: Any, translate: Translate = str) -> tuple[str, ...]:
        return (translate("Files added: {count}").format(count=len(value)),)
