package io.sichter.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void freesWhatWasMadeInside() {
        Tensor[] inside = new Tensor[1];
        Scope.run(() -> inside[0] = torch.zeros(3));
        assertThat(inside[0].isNull()).isTrue();
    }

    @Test
    void whatIsKeptBelongsToTheEnclosingScope() {
        Tensor[] kept = new Tensor[1];
        Scope.run(() -> {
            kept[0] = Scope.keeping(() -> torch.ones(3));
            assertThat(kept[0].isNull()).isFalse();
            assertThat(kept[0].sum().item_float()).isEqualTo(3);
        });
        assertThat(kept[0].isNull()).isTrue();
    }

    @Test
    void whatIsKeptWithoutAnEnclosingScopeBelongsToTheCaller() {
        Tensor kept = Scope.keeping(() -> torch.ones(3));
        assertThat(kept.sum().item_float()).isEqualTo(3);
        kept.close();
        assertThat(kept.isNull()).isTrue();
    }

    @Test
    void whatIsReleasedOutlivesAllScopes() {
        Tensor[] released = new Tensor[1];
        Scope.run(() -> Scope.run(() -> released[0] = Scope.release(torch.ones(3))));
        assertThat(released[0].sum().item_float()).isEqualTo(3);
        released[0].close();
        assertThat(released[0].isNull()).isTrue();
    }

    @Test
    void scopesNest() {
        Scope.run(() -> {
            Tensor outer = torch.ones(2);
            Scope.run(() -> torch.zeros(2));
            assertThat(outer.isNull()).isFalse();
        });
    }

    @Test
    void gradientsAreRecordedAgainAfterNoGrad() {
        Scope.run(() -> {
            NoGrad.run(() -> assertThat(torch.ones(1)
                            .requires_grad_(true)
                            .add(torch.ones(1))
                            .requires_grad())
                    .isFalse());
            assertThat(torch.ones(1).requires_grad_(true).add(torch.ones(1)).requires_grad())
                    .isTrue();
        });
    }
}
