package routes.sealing;

/** Something that is stored sealed does not open: it was sealed with a key that is not there, or as something else, or was changed. */
public class CannotOpen extends IllegalStateException {

    CannotOpen(String why) {
        super(why);
    }
}
