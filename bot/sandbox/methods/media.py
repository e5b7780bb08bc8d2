"""Documents and photos, and handing them out again."""

import mimetypes

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.methods.content import read_caption
from bot.sandbox.methods.messages import post_message
from bot.sandbox.methods.registry import Handler, instant
from bot.sandbox.params import Upload
from bot.sandbox.pictures import read_size
from bot.sandbox.world import File, World

MOST_UPLOAD = 50 * 1024 * 1024
MOST_PHOTO = 10 * 1024 * 1024
MOST_DOWNLOAD = 20 * 1024 * 1024


def send_document(world: World, params: Json) -> Json:
    """sendDocument, uploaded or known by file_id."""
    caption = read_caption(world, params)
    file = _take(world, params["document"], "document")
    return post_message(world, params, {"document": document_object(file), **caption})


def send_photo(world: World, params: Json) -> Json:
    """sendPhoto, uploaded or known by file_id; what is no PNG or JPEG is refused."""
    caption = read_caption(world, params)
    file = _take(world, params["photo"], "photo")
    return post_message(world, params, {"photo": [file.photo], **caption})


def get_file(world: World, params: Json) -> Json:
    """getFile: where to download a file of at most 20 MB."""
    file = world.files.get(params["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > MOST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**_file_object(file), "file_path": file.path}


def store_document(world: World, upload: Upload) -> File:
    """Keep an uploaded document."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MOST_UPLOAD:
        raise bad_request("file is too big")
    mime_type = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return world.add_file(upload.name, mime_type, upload.content)


def store_photo(world: World, upload: Upload) -> File:
    """Keep an uploaded photo; raises 400 for what is none."""
    size = read_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(upload.content) > MOST_PHOTO or sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    mime_type = mimetypes.guess_type(upload.name)[0] or "image/png"
    file = world.add_file(upload.name, mime_type, upload.content, photo={})
    file.photo = {**_file_object(file), "width": size[0], "height": size[1]}
    return file


def document_object(file: File) -> Json:
    """The Bot API's Document."""
    return {**_file_object(file), "file_name": file.name, "mime_type": file.mime_type}


def _take(world: World, source: Upload | str, kind: str) -> File:
    if isinstance(source, Upload):
        return store_photo(world, source) if kind == "photo" else store_document(world, source)
    file = world.files.get(source)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if (file.photo is not None) != (kind == "photo"):
        raise bad_request(f"can't use file of another type as {kind.capitalize()}")
    return file


def _file_object(file: File) -> Json:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }


METHODS: dict[str, Handler] = {
    "sendDocument": instant(send_document),
    "sendPhoto": instant(send_photo),
    "getFile": instant(get_file),
}
